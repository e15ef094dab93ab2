package org.camseal.acme;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What an authority issued.
 *
 * @param chain leaf first, each certificate followed by its issuer's
 * @param renewFrom when to ask again: the beginning of the time that the authority suggests (RFC 9773), else {@link #twoThirds}
 */
public record Issued(List<X509Certificate> chain, Instant renewFrom) {
    public Issued {
        chain = List.copyOf(chain);
    }

    /** Two thirds of a certificate's life: public ones live 200 days at most, and 47 from 2029 on. */
    public static Instant twoThirds(X509Certificate certificate) {
        Instant begin = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(begin, certificate.getNotAfter().toInstant());
        return begin.plus(life.multipliedBy(2).dividedBy(3));
    }
}
