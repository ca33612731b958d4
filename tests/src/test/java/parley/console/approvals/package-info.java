@NullMarked
package parley.console.approvals;

import org.jspecify.annotations.NullMarked;
