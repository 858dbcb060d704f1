package io.lastack.internal.session;

/** A message that a device did not take although it was sent as often as allowed. */
record Redelivery(Watch watch, long seq, int deliveries, String reason) {}
