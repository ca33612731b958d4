/// Stories: an operator, real hosts, the real command line, and the proof that nothing else
/// changed.
@NullMarked
package parley.stories;

import org.jspecify.annotations.NullMarked;
