/// Evidence for hosts and sessions, against real SSH servers.
@NullMarked
package parley.console.reach;

import org.jspecify.annotations.NullMarked;
