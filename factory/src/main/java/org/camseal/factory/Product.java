package org.camseal.factory;

import org.camseal.identity.CertificateSubject;

/**
 * What this line makes.
 *
 * @param organization the maker, as the order names it
 * @param model as the order names it
 */
public record Product(String organization, String model) {
    /**
     * One camera of it.
     *
     * @throws IllegalArgumentException if the serial, the maker or the model is not of the form that certificates carry
     */
    public CertificateSubject camera(String serial) {
        return new CertificateSubject(organization, model, serial);
    }
}
