@NullMarked
package parley.console.report;

import org.jspecify.annotations.NullMarked;
