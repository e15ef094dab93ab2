package org.camseal.cli.camera;

import org.camseal.camera.pages.ChosenCertificate;
import org.camseal.identity.IdentityException;
import org.camseal.onvif.keystore.ServedCertificate;

/** Which certificate HTTPS shows, as ONVIF asks for it: the same choice as on the pages. */
record OnvifServing(ChosenCertificate serving) implements ServedCertificate {
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
                    case MAKER -> ChosenCertificate.Choice.MAKER;
                    case OWNER -> ChosenCertificate.Choice.OWNER;
                });
    }
}
