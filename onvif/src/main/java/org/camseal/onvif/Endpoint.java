package org.camseal.onvif;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camseal.onvif.login.Caller;
import org.camseal.onvif.login.LoginOutcome;
import org.camseal.onvif.login.Logins;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.Namespaces;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.SoapMessage;
import org.camseal.onvif.wire.XmlElement;
import org.camseal.onvif.wire.XmlLimits;
import org.camseal.onvif.wire.XmlName;
import org.camseal.web.RouteHandler;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;

/**
 * One address and what can be asked there: reads the request, finds out who asks, and answers, or tells the fault. The login is judged
 * before the arguments are looked at.
 */
final class Endpoint implements RouteHandler {
    static final String SUBSCRIPTION = "subscription";

    private static final String SOAP = "application/soap+xml; charset=utf-8";
    private static final List<String> UNDERSTOOD = List.of(Namespaces.ADDRESSING, Namespaces.WS_SECURITY);

    private final String pattern;
    private final Map<XmlName, Operation> operations;
    private final Logins logins;
    private final Authority authority;

    /** An operation by the name of its request. */
    record Offered(XmlName request, Operation operation) {}

    Endpoint(String pattern, List<Offered> offered, Logins logins, Authority authority) {
        this.pattern = pattern;
        this.operations = offered.stream().collect(Collectors.toUnmodifiableMap(Offered::request, Offered::operation));
        this.logins = logins;
        this.authority = authority;
    }

    /** Operations of one namespace. */
    static List<Offered> operations(String namespace, List<Operation> operations) {
        Function<Operation, Offered> offer =
                operation -> new Offered(new XmlName(namespace, operation.name()), operation);
        return operations.stream().map(offer).toList();
    }

    String pattern() {
        return pattern;
    }

    @Override
    public WebResponse handle(WebRequest request) {
        SoapMessage message;
        try {
            message = SoapMessage.parse(request.body(), XmlLimits.REQUEST);
        } catch (OnvifException.Malformed malformed) {
            return soap(400, SoapMessage.fault(Fault.WELL_FORMED, malformed.message()));
        }
        try {
            message.requireUnderstood(UNDERSTOOD);
            return answer(request, message);
        } catch (OnvifException.Refused refused) {
            return fault(message, refused);
        }
    }

    private WebResponse answer(WebRequest request, SoapMessage message) throws OnvifException.Refused {
        XmlElement body = message.body();
        Operation operation = operations.get(body.name());
        if (operation == null) {
            throw Fault.NOT_SUPPORTED.because("this service has no such operation");
        }
        Logins.Asked asked =
                new Logins.Asked(request.method(), request.path(), request.from(), request.header("Authorization"));
        return switch (logins.check(asked, message.header(Namespaces.WS_SECURITY, "Security"))) {
            case LoginOutcome.Challenged challenged -> challenge(challenged);
            case LoginOutcome.TokenRefused refused -> throw Fault.NOT_AUTHORIZED.because(refused.reason());
            case LoginOutcome.Accepted(Caller caller) when !operation.access().allows(caller) -> forbid(caller);
            case LoginOutcome.Accepted(Caller caller) -> {
                Authority.Reached reached = authority.of(request.header("Host").orElse(""));
                Optional<String> subscription = pattern.endsWith("{" + SUBSCRIPTION + "}")
                        ? Optional.of(request.parameter(SUBSCRIPTION))
                        : Optional.empty();
                List<XmlElement> parts =
                        operation.action().answer(new Call(body, caller, reached.host(), reached.port(), subscription));
                XmlElement answer =
                        XmlElement.of(body.name().namespace(), body.name().local() + "Response", parts);
                yield soap(200, new SoapMessage(Addressing.ofAnswer(message), answer));
            }
        };
    }

    /** Who has not logged in is asked to; who has, may not. */
    private WebResponse forbid(Caller caller) throws OnvifException.Refused {
        return switch (caller) {
            case Caller.Anonymous _ -> challenge(logins.challenge("this needs a login"));
            case Caller.User user ->
                throw Fault.sender("NotAuthorized")
                        .because("a user of the level " + user.level().word() + " may not do this");
        };
    }

    private static WebResponse challenge(LoginOutcome.Challenged challenged) {
        return soap(401, SoapMessage.fault(Fault.NOT_AUTHORIZED, challenged.reason()))
                .withHeader("WWW-Authenticate", challenged.challenges());
    }

    private static WebResponse fault(SoapMessage message, OnvifException.Refused refused) {
        SoapMessage fault = SoapMessage.fault(refused);
        return soap(refused.fault().party().status(), new SoapMessage(Addressing.ofFault(message), fault.body()));
    }

    private static WebResponse soap(int status, SoapMessage message) {
        return WebResponse.bytes(SOAP, message.write()).withStatus(status);
    }
}
