/**
 * Any token with a PKCS#11 library as secure element, through the platform's SunPKCS11 provider: smart cards, network modules, chips whose
 * makers give such a library.
 *
 * <p>{@link org.camseal.identity.pkcs11.Pkcs11Element} demands of every key that it is sensitive and cannot be extracted, and looks
 * whether it is so. PKCS#11 has no standard way to prove it to others, and how the wire to the token is protected is the library's
 * own affair: so the assurance level is what the operator declares, not what was seen.
 */
@NullMarked
package org.camseal.identity.pkcs11;

import org.jspecify.annotations.NullMarked;
