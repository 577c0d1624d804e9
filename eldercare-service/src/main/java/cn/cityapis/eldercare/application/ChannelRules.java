package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.waitlist.Channel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** 威民发〔2023〕17号 第八条至第十一条: circumstances and ability level → channel. */
public final class ChannelRules {

    private ChannelRules() {
    }

    /** @param level absent before the assessment: a low-income applicant's channel is then provisional */
    public static ChannelDecision derive(Set<Category> categories, @Nullable AbilityLevel level) {
        if (categories.contains(Category.DESTITUTE)) {
            return decide(Channel.SPECIAL, false, "城乡特困供养的老年人", 9);
        }
        if (categories.stream().anyMatch(Category::isLowIncome)) {
            return lowIncome(level);
        }
        if (categories.stream().anyMatch(Category::isMilitary)) {
            return decide(Channel.PRIORITY, false, "退役军人、遗属或现役军人家属中的老年人", 10);
        }
        if (categories.contains(Category.FAMILY_PLANNING_HARDSHIP)) {
            return decide(Channel.PRIORITY, false, "计划生育特殊家庭成员中的老年人", 10);
        }
        return decide(Channel.ORDINARY, false, "不属于特殊保障、优先保障情形", 11);
    }

    private static ChannelDecision lowIncome(@Nullable AbilityLevel level) {
        if (level == null) {
            return decide(Channel.PRIORITY, true, "低保及低保边缘家庭老年人，能力评估后确定；评估前按优先保障通道的次序通知评估", 10);
        }
        return level.atLeast(AbilityLevel.MODERATE)
                ? decide(Channel.SPECIAL, false, "低保及低保边缘家庭老年人，评估为" + level.title(), 9)
                : decide(Channel.PRIORITY, false, "低保及低保边缘家庭老年人，评估为" + level.title(), 10);
    }

    private static ChannelDecision decide(Channel channel, boolean provisional, String reason, int article) {
        return new ChannelDecision(channel, provisional, reason,
                List.of(Citation.article(8), Citation.article(article)));
    }
}
