/**
 * Who vouches for a certificate, what that proves and what it does not: the maker of cameras, a public authority and how closely it looked,
 * nobody but itself, or a stranger. An explanation for people; it trusts nobody itself and opens nothing: peers are judged by
 * {@link org.camseal.identity.TrustEvaluator}. Nothing is fetched but the chain of a server that is asked for
 * ({@code docs/guide/certificates.md}).
 */
@NullMarked
package org.camseal.identity.voucher;

import org.jspecify.annotations.NullMarked;
