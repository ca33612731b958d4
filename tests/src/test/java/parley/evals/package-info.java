/// `parley-eval`: runs scenarios on real hosts and scores what came of them, layer by layer.
@NullMarked
package parley.evals;

import org.jspecify.annotations.NullMarked;
