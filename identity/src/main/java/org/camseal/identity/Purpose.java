package org.camseal.identity;

import java.util.List;

/**
 * What a certificate is for. Each has an extended key usage of our own, so that a recorder cannot pass for a camera nor a TLS key for
 * a media key; those that speak TLS have the standard one too.
 */
public enum Purpose {
    /** A camera as TLS server, and as TLS client of its authority. Under a device root. */
    DEVICE_TLS(1, Domain.DEVICE),
    /** A camera's media key. Under a device root; judged at the time of the recording. */
    MEDIA_SIGNING(2, Domain.DEVICE),
    /** A recorder as TLS client of cameras and TLS server for viewers. Under a site root. */
    RECORDER(3, Domain.SITE),
    /** A person, or the viewer acting for one, as TLS client. Under a site root. */
    PERSON(4, Domain.SITE),
    /** A person's key for opening video: grants are made to it; it neither signs nor speaks TLS. Under a site root. */
    RECIPIENT(5, Domain.SITE),
    /** A production line, as TLS client of the device authority: it asks for cameras. Under an operations root. */
    LINE(6, Domain.OPERATIONS),
    /** A person who decides at the device authority, as TLS client. Under an operations root. */
    OPERATOR(7, Domain.OPERATIONS),
    /** The device authority as TLS server, for lines, operators and cameras. Under an operations root. */
    AUTHORITY_SERVER(8, Domain.OPERATIONS),
    /** Signs answers about the status of a device authority's certificates (RFC 6960). Issued by that authority itself. */
    OCSP_SIGNER(9, Domain.DEVICE);

    /** Whose authority vouches. None can speak for another. */
    public enum Domain {
        /** The maker of devices, about its devices only. */
        DEVICE,
        /** The site that owns devices, about its recorders and people. */
        SITE,
        /** The maker of devices, about the lines, people and servers that make them. */
        OPERATIONS
    }

    private final String ownUsage;
    private final Domain domain;

    Purpose(int arc, Domain domain) {
        this.ownUsage = Oids.ARC + ".1." + arc;
        this.domain = domain;
    }

    /** Which roots count for it. */
    public Domain domain() {
        return domain;
    }

    /** The extended key usages a certificate for it has, as dotted numbers; our own first. All are required. */
    public List<String> extendedKeyUsages() {
        return switch (this) {
            case DEVICE_TLS, RECORDER -> List.of(ownUsage, Oids.SERVER_AUTH, Oids.CLIENT_AUTH);
            case PERSON -> List.of(ownUsage, Oids.CLIENT_AUTH);
            case LINE, OPERATOR -> List.of(ownUsage, Oids.CLIENT_AUTH, Oids.CMC_RA);
            case AUTHORITY_SERVER -> List.of(ownUsage, Oids.SERVER_AUTH);
            case OCSP_SIGNER -> List.of(ownUsage, Oids.OCSP_SIGNING);
            case MEDIA_SIGNING, RECIPIENT -> List.of(ownUsage);
        };
    }

    /** True if its key agrees rather than signs. */
    public boolean agrees() {
        return this == RECIPIENT;
    }

    /** For messages: "a camera", "a recorder" ... */
    public String description() {
        return switch (this) {
            case DEVICE_TLS -> "a camera's TLS key";
            case MEDIA_SIGNING -> "a camera's media key";
            case RECORDER -> "a recorder";
            case PERSON -> "a person";
            case RECIPIENT -> "a person's key for opening video";
            case LINE -> "a production line";
            case OPERATOR -> "an operator of the device authority";
            case AUTHORITY_SERVER -> "the device authority's server";
            case OCSP_SIGNER -> "a signer of status answers";
        };
    }
}
