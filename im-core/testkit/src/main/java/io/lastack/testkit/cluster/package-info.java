/** What every bus and every presence directory must do, as tests that their own tests inherit. */
@NullMarked
package io.lastack.testkit.cluster;

import org.jspecify.annotations.NullMarked;
