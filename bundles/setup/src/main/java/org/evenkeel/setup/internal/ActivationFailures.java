package org.evenkeel.setup.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.evenkeel.connector.StoreConnector;
import org.osgi.service.cm.Configuration;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Why a store's instance is not there, in words that its operator understands. */
final class ActivationFailures {

    private static final Pattern EXCEPTION_NAME = Pattern.compile("^(?:[a-zA-Z_$][\\w$]*\\.)+[A-Z][\\w$]*(?:: *|$)");
    private static final int LONGEST = 500;

    private final Stores stores;

    ActivationFailures(Stores stores) {
        this.stores = stores;
    }

    Optional<String> of(Configuration configuration) {
        Map<String, Object> properties = StoreProperties.of(configuration);
        Optional<Kind> kind = stores.kinds().find(configuration.getFactoryPid());
        if (kind.isEmpty()) {
            return Optional.of("Its connector " + configuration.getFactoryPid()
                    + " is not there: the bundle is not installed, or could not be started.");
        }
        List<String> missing = stores.missingSecrets(properties);
        if (!missing.isEmpty()) {
            return Optional.of("The secret " + String.join(", ", missing)
                    + " is missing from the folder \"secrets\"; enter it again.");
        }
        return instance(kind.get().component(), configuration.getPid(), properties)
                .map(one -> of(kind.get(), one, properties))
                .orElse(Optional.of("It is being set up."));
    }

    private Optional<ComponentConfigurationDTO> instance(
            ComponentDescriptionDTO component, String pid, Map<String, Object> properties) {
        return stores.runtime().getComponentConfigurationDTOs(component).stream()
                .filter(one ->
                        StoreProperties.texts(one.properties.get("service.pid")).contains(pid)
                                || StoreProperties.text(properties, StoreConnector.STORE)
                                        .equals(one.properties.get(StoreConnector.STORE)))
                .findFirst();
    }

    private Optional<String> of(Kind kind, ComponentConfigurationDTO instance, Map<String, Object> properties) {
        return switch (instance.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Optional.of("It could not start: " + withoutSecrets(firstWords(instance.failure), properties));
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Optional.of("It waits for " + waitsFor(kind, instance) + ".");
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> Optional.of("It waits for its configuration.");
            default -> Optional.empty();
        };
    }

    private static String waitsFor(Kind kind, ComponentConfigurationDTO instance) {
        return String.join(
                ", ",
                Arrays.stream(instance.unsatisfiedReferences)
                        .map(reference -> service(kind, reference))
                        .toList());
    }

    private static String service(Kind kind, UnsatisfiedReferenceDTO reference) {
        String name = Arrays.stream(kind.component().references)
                .filter(one -> one.name.equals(reference.name))
                .map((ReferenceDTO one) -> one.interfaceName)
                .findFirst()
                .orElse(reference.name);
        return "a service that is not there (" + name + (reference.target == null ? "" : " " + reference.target) + ")";
    }

    /** The words of the deepest cause, without the names of exceptions and the stack. */
    static String firstWords(String failure) {
        List<String> lines = failure == null ? List.of() : failure.lines().toList();
        String line = lines.stream()
                .map(String::strip)
                .filter(one -> one.startsWith("Caused by: "))
                .reduce((first, second) -> second)
                .map(one -> one.substring("Caused by: ".length()))
                .orElse(lines.isEmpty() ? "" : lines.get(0).strip());
        String words = line;
        while (EXCEPTION_NAME.matcher(words).find()) {
            words = EXCEPTION_NAME.matcher(words).replaceFirst("");
        }
        if (words.isBlank()) {
            return line.isBlank() ? "it does not say why; see the log." : simpleName(line) + "; see the log.";
        }
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }

    private static String simpleName(String exception) {
        String name = exception.replaceFirst("[: ].*$", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** A connector should not, but may, say what it was given. */
    private String withoutSecrets(String words, Map<String, Object> properties) {
        String[] cleaned = {words};
        Stores.namesOfSecrets(properties)
                .flatMap(name -> stores.secrets().read(name).stream())
                .filter(secret -> secret.length() >= 4)
                .forEach(secret -> cleaned[0] = cleaned[0].replace(secret, "•••"));
        return cleaned[0];
    }
}
