/// Measurements. No test runs them by itself: numbers of a busy machine prove nothing.
@NullMarked
package parley.benchmarks;

import org.jspecify.annotations.NullMarked;
