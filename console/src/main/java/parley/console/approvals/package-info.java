/// The shared folder in which one person asks and another answers.
@NullMarked
package parley.console.approvals;

import org.jspecify.annotations.NullMarked;
