/// Sockets, links, names and reachability.
@NullMarked
package parley.tools.catalogue.network;

import org.jspecify.annotations.NullMarked;
