/// systemd units: what runs, why not, who depends on it, and changing that.
@NullMarked
package parley.tools.catalogue.services;

import org.jspecify.annotations.NullMarked;
