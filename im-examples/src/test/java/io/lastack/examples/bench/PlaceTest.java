package io.lastack.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceTest {
    @Test
    void entriesInOrderAreFine() {
        Place place = Place.fromTheStart();

        assertThat(place.delivered(1)).isNull();
        assertThat(place.confirmed(2)).isNull();
        assertThat(place.delivered(3)).isNull();
        assertThat(place.floor()).isEqualTo(3);
    }

    @Test
    void aGapIsFound() {
        Place place = Place.fromTheStart();

        assertThat(place.delivered(1)).isNull();
        assertThat(place.delivered(3)).isEqualTo("seq 3 came after 1");
        assertThat(place.floor()).isEqualTo(1);
    }

    @Test
    void aLogThatDoesNotBeginAtOneIsFound() {
        assertThat(Place.fromTheStart().delivered(2)).isEqualTo("seq 2 came after 0");
    }

    @Test
    void aRepeatIsFound() {
        Place place = Place.fromTheStart();

        assertThat(place.delivered(1)).isNull();
        assertThat(place.delivered(1)).isEqualTo("seq 1 came twice");
    }

    @Test
    void ownEntriesMayBeConfirmedBeforeWhatIsBelowThem() {
        Place place = Place.fromTheStart();

        assertThat(place.confirmed(2)).isNull();
        assertThat(place.confirmed(3)).isNull();
        assertThat(place.floor()).isZero();
        assertThat(place.delivered(1)).isNull();
        assertThat(place.floor()).isEqualTo(3);
        assertThat(place.delivered(4)).isNull();
    }

    @Test
    void anEntryThatIsConfirmedTwiceIsFound() {
        Place place = Place.fromTheStart();

        assertThat(place.confirmed(2)).isNull();
        assertThat(place.confirmed(2)).isEqualTo("seq 2 was confirmed, and had come before");
    }

    @Test
    void anOwnEntryThatIsDeliveredAsWellIsFound() {
        Place place = Place.fromTheStart();

        assertThat(place.confirmed(1)).isNull();
        assertThat(place.delivered(1)).isEqualTo("seq 1 came twice");
    }

    @Test
    void oneWhoJoinsLateBeginsAnywhereAndMissesNothingAfterwards() {
        Place place = Place.fromWhatComesFirst();

        assertThat(place.floor()).isZero();
        assertThat(place.delivered(7)).isNull();
        assertThat(place.delivered(9)).isEqualTo("seq 9 came after 7");
    }
}
