/**
 * Keys that cannot be copied, the certificates that name them, and the question "is this one of ours?".
 *
 * <p>A {@link org.camseal.identity.SecureElement} makes keys and lends {@link org.camseal.identity.KeyHandle}s; an authority
 * ({@link org.camseal.identity.DeviceAuthority} for cameras, {@link org.camseal.identity.SiteAuthority} for recorders and
 * people) certifies them; an {@link org.camseal.identity.Identity} is the directory where one role keeps both;
 * {@link org.camseal.identity.TrustEvaluator} judges chains and {@link org.camseal.identity.TlsContexts} puts all of it under
 * TLS. Nothing here gives out private bytes, trusts a host name, or goes on without a certificate that was asked for.
 */
@NullMarked
package org.camseal.identity;

import org.jspecify.annotations.NullMarked;
