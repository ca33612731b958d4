/// Who logged in, who may, what is exposed, and what mandatory access control denied: contents,
/// which the policies reserve for a role of its own.
@NullMarked
package parley.tools.catalogue.security;

import org.jspecify.annotations.NullMarked;
