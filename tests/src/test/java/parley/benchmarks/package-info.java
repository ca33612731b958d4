/// What is measured: programs of their own that are never part of a test run.
@NullMarked
package parley.benchmarks;

import org.jspecify.annotations.NullMarked;
