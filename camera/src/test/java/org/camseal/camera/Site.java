package org.camseal.camera;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.List;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.Role;
import org.camseal.identity.SiteAuthority;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.manifest.Signer;
import org.camseal.media.Track;
import org.camseal.seal.Opener;
import org.camseal.seal.RecipientKey;

/** A device maker's and a site's authority, one enrolled camera and one person who may see. */
final class Site {
    static final String SERIAL = "CAM-0001";

    final Identity camera;
    final CameraKeys keys;
    final KeyPair viewer;
    final X509Certificate viewerCertificate;
    final TrustEvaluator trust;
    private final SiteAuthority site;
    private final KeyPairGenerator generator;

    Site(Path directory) throws Exception {
        SecureRandom random = new SecureRandom();
        DeviceAuthority maker =
                DeviceAuthority.openOrCreate(directory.resolve("maker"), "Maker", InstantSource.system(), random);
        camera = Identity.openOrCreate(directory.resolve("camera"), Role.CAMERA, random);
        maker.enrol(camera, new CertificateSubject("Maker", "Model 1", SERIAL));
        keys = CameraKeys.of(camera);
        trust = new TrustEvaluator(TrustRoots.NONE.withDevice(maker.root()));
        site = SiteAuthority.openOrCreate(directory.resolve("site"), "Site", InstantSource.system(), random);
        generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        viewer = generator.generateKeyPair();
        viewerCertificate = certificate("viewer-1", viewer);
    }

    X509Certificate certificate(String id, KeyPair pair) throws Exception {
        return site.issueRecipient((ECPublicKey) pair.getPublic(), new CertificateSubject("Site", "Person", id))
                .getFirst();
    }

    KeyPair newPair() {
        return generator.generateKeyPair();
    }

    /** Opens what this camera sealed for that key. */
    Opener opener(List<Track> tracks, KeyPair pair) throws Exception {
        RecipientKey key = RecipientKey.of(pair.getPrivate(), pair.getPublic());
        return new Opener(tracks, List.of(key), this::isOurs);
    }

    boolean isOurs(Signer signer) {
        return signer.leaf().equals(keys.media().chain().getFirst());
    }
}
