/// Finding things in the record: a derived index that may be deleted at any time, is made again by
/// itself, and proves nothing: what it finds is looked up in the record before anybody sees it.
@NullMarked
package parley.safety.record.index;

import org.jspecify.annotations.NullMarked;
