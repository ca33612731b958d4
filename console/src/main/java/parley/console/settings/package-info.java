/// Configuration files, environment and directories. Never anything from the working directory.
@NullMarked
package parley.console.settings;

import org.jspecify.annotations.NullMarked;
