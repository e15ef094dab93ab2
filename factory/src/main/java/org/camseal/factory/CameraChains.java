package org.camseal.factory;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The two chains of one camera.
 *
 * @param tls leaf first, without the root
 * @param media leaf first, without the root
 */
record CameraChains(List<X509Certificate> tls, List<X509Certificate> media) {
    CameraChains {
        tls = List.copyOf(tls);
        media = List.copyOf(media);
    }

    List<X509Certificate> of(CameraKey key) {
        return switch (key) {
            case TLS -> tls;
            case MEDIA -> media;
        };
    }
}
