/// What the record tells, put together for people: requests with everything that followed from
/// them, what nearly happened, and numbers over all of it.
@NullMarked
package parley.safety.record.story;

import org.jspecify.annotations.NullMarked;
