/// The second pair of eyes: checks a record from its files alone, with its own parser, hashing and
/// note verification. It must never use the writer's code, whose mistakes it is there to find.
@NullMarked
package parley.safety.record.verify;

import org.jspecify.annotations.NullMarked;
