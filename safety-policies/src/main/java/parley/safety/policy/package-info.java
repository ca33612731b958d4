/// Cedar behind one small interface: policies are loaded, checked and asked here, and nowhere else.
@NullMarked
package parley.safety.policy;

import org.jspecify.annotations.NullMarked;
