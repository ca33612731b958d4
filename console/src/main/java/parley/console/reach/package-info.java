/// Hosts: the inventory, sessions, and the one place where a command runs.
@NullMarked
package parley.console.reach;

import org.jspecify.annotations.NullMarked;
