@NullMarked
package parley.safety.record.story;

import org.jspecify.annotations.NullMarked;
