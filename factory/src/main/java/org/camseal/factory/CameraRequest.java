package org.camseal.factory;

import java.time.Instant;
import java.util.Objects;
import org.camseal.identity.CertificateSubject;

/**
 * What is asked of the authority for one camera: one request for each of its keys, each signed by that key.
 *
 * @param organization the maker
 * @param model the model
 * @param serial the camera's serial
 * @param made when, by the station's clock
 * @param tls the TLS key's
 * @param media the media key's
 */
record CameraRequest(String organization, String model, String serial, Instant made, OfKey tls, OfKey media) {
    /**
     * The request for one key.
     *
     * @param pem PKCS#10 in PEM
     * @param challenge what the element's statement in it is fresh for, in hexadecimal digits; without statement, nothing
     */
    record OfKey(String pem, String challenge) {
        OfKey {
            Objects.requireNonNull(pem);
            Objects.requireNonNull(challenge);
        }
    }

    CameraRequest {
        Objects.requireNonNull(organization);
        Objects.requireNonNull(model);
        Objects.requireNonNull(serial);
        Objects.requireNonNull(made);
        Objects.requireNonNull(tls);
        Objects.requireNonNull(media);
    }

    CertificateSubject subject() {
        return new CertificateSubject(organization, model, serial);
    }

    OfKey of(CameraKey key) {
        return switch (key) {
            case TLS -> tls;
            case MEDIA -> media;
        };
    }
}
