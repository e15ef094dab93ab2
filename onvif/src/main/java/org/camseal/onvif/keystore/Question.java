package org.camseal.onvif.keystore;

import java.util.List;
import org.camseal.identity.IdentityException;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;

/** What the element is asked; its refusal is told without details of where things are kept. */
interface Question<T> {
    T ask() throws IdentityException;

    static <T> T asked(Question<T> question) throws OnvifException.Refused {
        try {
            return question.ask();
        } catch (IdentityException.Refused e) {
            throw new Fault(Fault.Party.RECEIVER, List.of("Action", "InvalidCertificationPath"))
                    .because(String.valueOf(e.getMessage()));
        } catch (IdentityException e) {
            throw Fault.ACTION.because("the camera's element or its store cannot do this now: see the camera's log");
        }
    }
}
