/// The record: what happened, in an order and a form that nobody can change unseen.
@NullMarked
package parley.safety.record;

import org.jspecify.annotations.NullMarked;
