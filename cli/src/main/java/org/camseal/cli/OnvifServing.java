package org.camseal.cli;

import org.camseal.camera.pages.ServingCertificate;
import org.camseal.identity.IdentityException;
import org.camseal.onvif.keystore.ServedCertificate;

/** Which certificate HTTPS shows, as ONVIF asks for it: the same choice as on the pages. */
record OnvifServing(ServingCertificate serving) implements ServedCertificate {
    @Override
    public Choice choice() {
        return switch (serving.choice()) {
            case MAKER -> Choice.MAKER;
            case OWNER -> Choice.OWNER;
        };
    }

    @Override
    public void choose(Choice choice) throws IdentityException {
        serving.choose(
                switch (choice) {
                    case MAKER -> ServingCertificate.Choice.MAKER;
                    case OWNER -> ServingCertificate.Choice.OWNER;
                });
    }
}
