/// The record as a page that people like to read: one file, no network, nothing of a host or a
/// model in it but text.
@NullMarked
package parley.console.report;

import org.jspecify.annotations.NullMarked;
