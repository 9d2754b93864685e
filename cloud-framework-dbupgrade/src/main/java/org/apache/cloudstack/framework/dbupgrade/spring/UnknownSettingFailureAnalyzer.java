package org.apache.cloudstack.framework.dbupgrade.spring;

import java.util.stream.Collectors;
import org.apache.cloudstack.framework.dbupgrade.spring.UnknownSettingException.UnknownSetting;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names the setting that a mistyped one may have meant. */
final class UnknownSettingFailureAnalyzer extends AbstractFailureAnalyzer<UnknownSettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownSettingException cause) {
        String problems = cause.settings().stream().map(UnknownSetting::problem).collect(Collectors.joining("\n"));
        String remedies = cause.settings().stream()
                .map(setting -> "Remove " + setting.name() + ", or write " + setting.nearest() + ".")
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis(problems, remedies, cause);
    }
}
