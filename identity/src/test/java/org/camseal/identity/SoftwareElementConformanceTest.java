package org.camseal.identity;

import java.security.SecureRandom;

class SoftwareElementConformanceTest extends ElementConformance {
    @Override
    protected SecureElement open() throws IdentityException {
        return SoftwareSecureElement.open(directory.resolve("element"), new SecureRandom());
    }

    @Override
    protected boolean keysAreInThisProgram() {
        return true;
    }

    @Override
    protected void cutPower() {
        // it is this process
    }
}
