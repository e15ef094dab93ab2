package org.camseal.authority.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.log.TransparencyLog;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.Device;
import org.camseal.authority.register.Register;

/** All that is known of a serial. */
record DeviceView(String serial, String order, String state, List<CertificateView> certificates) {
    /** Empty if the register does not know it. */
    static Optional<DeviceView> of(Register register, TransparencyLog log, String serial) throws AuthorityException {
        Optional<Device> device = register.device(serial);
        if (device.isEmpty()) {
            return Optional.empty();
        }
        List<CertificateView> certificates = new ArrayList<>();
        for (CertificateRow row : register.certificates(serial)) {
            certificates.add(CertificateView.of(register, log, row));
        }
        return Optional.of(new DeviceView(
                serial, device.get().order(), device.get().state().name().toLowerCase(Locale.ROOT), certificates));
    }
}
