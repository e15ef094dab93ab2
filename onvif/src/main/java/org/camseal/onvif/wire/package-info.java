/**
 * What goes over the wire: XML that is read within fixed bounds and always written escaped, SOAP 1.2 envelopes, and faults.
 *
 * <p>Refuses: document types, entities, processing instructions, encodings other than UTF-8, and whatever is larger, deeper or wider than
 * {@link org.camseal.onvif.wire.XmlLimits} allow.
 */
@NullMarked
package org.camseal.onvif.wire;

import org.jspecify.annotations.NullMarked;
