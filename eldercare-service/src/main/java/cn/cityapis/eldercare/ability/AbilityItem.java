package cn.cityapis.eldercare.ability;

/** The 26 second-level indicators of GB/T 42195—2022 with their highest scores; more is abler. */
public enum AbilityItem {
    EATING(Block.SELF_CARE, 4, "进食"),
    GROOMING(Block.SELF_CARE, 4, "修饰"),
    BATHING(Block.SELF_CARE, 4, "洗澡"),
    DRESSING_UPPER(Block.SELF_CARE, 4, "穿/脱上衣"),
    DRESSING_LOWER(Block.SELF_CARE, 4, "穿/脱裤子和鞋袜"),
    BLADDER_CONTROL(Block.SELF_CARE, 4, "小便控制"),
    BOWEL_CONTROL(Block.SELF_CARE, 4, "大便控制"),
    TOILETING(Block.SELF_CARE, 4, "如厕"),
    BED_MOBILITY(Block.MOVEMENT, 4, "床上体位转移"),
    BED_CHAIR_TRANSFER(Block.MOVEMENT, 4, "床椅转移"),
    WALKING(Block.MOVEMENT, 4, "平地行走"),
    STAIRS(Block.MOVEMENT, 3, "上下楼梯"),
    TIME_ORIENTATION(Block.MIND, 4, "时间定向"),
    SPACE_ORIENTATION(Block.MIND, 4, "空间定向"),
    PERSON_ORIENTATION(Block.MIND, 4, "人物定向"),
    MEMORY(Block.MIND, 4, "记忆"),
    COMPREHENSION(Block.MIND, 4, "理解能力"),
    EXPRESSION(Block.MIND, 4, "表达能力"),
    AGGRESSION(Block.MIND, 1, "攻击行为"),
    DEPRESSION(Block.MIND, 1, "抑郁症状"),
    CONSCIOUSNESS(Block.MIND, 2, "意识水平"),
    VISION(Block.SENSES_AND_SOCIETY, 2, "视力"),
    HEARING(Block.SENSES_AND_SOCIETY, 2, "听力"),
    DAILY_AFFAIRS(Block.SENSES_AND_SOCIETY, 4, "执行日常事务"),
    TRANSPORT(Block.SENSES_AND_SOCIETY, 3, "使用交通工具外出"),
    SOCIAL_CONTACT(Block.SENSES_AND_SOCIETY, 4, "社会交往能力");

    /** The four first-level indicators. */
    public enum Block {
        SELF_CARE, MOVEMENT, MIND, SENSES_AND_SOCIETY
    }

    private final Block block;
    private final int highest;
    private final String title;

    AbilityItem(Block block, int highest, String title) {
        this.block = block;
        this.highest = highest;
        this.title = title;
    }

    public Block block() {
        return block;
    }

    public int highest() {
        return highest;
    }

    public String title() {
        return title;
    }
}
