/**
 * The Certificate Management Protocol (RFC 9810) over HTTPS (RFC 9811), in its lightweight profile (RFC 9483): p10cr, ir, cr, kur, rr and genm,
 * with certConf and pollReq to go with them. Every kind of body is a case of {@link org.camseal.authority.cmp.CmpBody}; what is not served is
 * refused before its content is read. Messages are protected by signatures: there are no shared secrets here.
 */
@NullMarked
package org.camseal.authority.cmp;

import org.jspecify.annotations.NullMarked;
