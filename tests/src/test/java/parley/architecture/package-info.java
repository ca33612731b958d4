/// Checks on the source and the shape of the whole house.
@NullMarked
package parley.architecture;

import org.jspecify.annotations.NullMarked;
