package cn.cityapis.bench.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** The words of made-up administrative texts: common ones written out, and a long tail of rare ones made up from a seed. */
final class Vocabulary {

    private static final int RARE = 30_000;
    private static final String CHARACTERS = "海山林石金水土木春秋东西南北中上下新安平和长永兴明德仁信义华荣盛泰康宁清源泉湖港湾岛岭坡桥塔城乡镇村街道路"
            + "船车机电光热气油煤盐茶果粮棉麻丝布纸书画琴棋瓷铜铁钢铝锌硅碳氢氧氮磷硫药材菌苗种畜禽鱼虾贝藻蔬花草树竹园场馆站所院校厂库仓店铺市集"
            + "网云数码芯片屏镜灯箱管线阀泵炉塑胶漆膜棚架梁板砖瓦窗门井渠坝堤闸涵沟池塘滩礁湿涂洲原野峰谷溪河江流波浪潮汐风雨雪霜雷雾虹晴阴寒暑温凉";

    private static final List<String> NOUNS = words("""
            补贴 养老机构 企业 申请人 老年人 项目 资金 单位 材料 标准 评估 服务 住房 人才 高校毕业生 医疗机构 药品 工程 学校 社区
            残疾人 能力评估费用 护理床位 创业担保贷款 稳岗返还 失业保险 职业技能培训 公共租赁住房 住房公积金 城乡居民医疗保险 门诊费用
            长期护理保险 特困人员 最低生活保障 临时救助 困难家庭 高龄津贴 助餐服务 家庭养老床位 普惠托育 生育津贴 义务教育 学前教育
            校外培训机构 科技型中小企业 高新技术企业 研发费用 技术改造 首台套装备 重点实验室 工业互联网 数字经济 电子商务 跨境贸易
            农业保险 粮食种植 高标准农田 农产品质量 乡村振兴 渔船 海洋牧场 水产养殖 污水处理 生活垃圾 大气污染防治 排污许可 节能改造
            充电设施 新能源汽车 公共交通 停车场 建设用地 不动产登记 房屋征收 历史建筑 物业管理 既有住宅加装电梯 燃气安全 消防安全
            危险化学品 特种设备 安全生产责任 应急预案 防汛抗旱 地质灾害 食品安全 零售药店 集中采购 价格监测 计量检定 知识产权 标准化
            行政许可 行政处罚 信用修复 政务服务 数据共享 档案 统计调查 政府采购 招标投标 国有资产 预算绩效 税收优惠 金融机构 融资担保
            上市后备企业 外商投资 旅游景区 民宿 文化遗产 图书馆 体育场地 志愿服务 慈善组织 殡葬服务 婚姻登记 未成年人 退役军人 户籍
            居住证 流动人口 劳动合同 工伤保险 农民工工资 职称评审 事业单位 博士后 实习基地 租房补助 购房补助 子女入学 体检 疫苗接种
            """);
    private static final List<String> VERBS = words("""
            申请 审核 负责 提供 实施 管理 办理 发放 享受 提交 公示 监督检查 支持 评审 认定 备案 拨付 核查 受理 告知 登记 组织 建立
            完善 落实 开展 指导 协调 保障 调整 报告 验收 整改 追回 停止 恢复 委托 签订 编制 公布 归集 报销 减免 补助 奖励 推荐 复核
            抽查 考核 处罚 移送 撤销 变更 延续 注销 培训 宣传 统筹 优化 加强 推进
            """);
    private static final List<String> PLACES = words("海岚市 青屿市 云泊市 望潮市 石湾市 松浦市 澄江市 兰汀市 白沙市 临渊市 安渡市 清河市");
    private static final List<String> BODIES = words("""
            人民政府 人民政府办公室 财政局 民政局 人力资源和社会保障局 医疗保障局 卫生健康委员会 住房和城乡建设局 教育局 科学技术局
            工业和信息化局 农业农村局 市场监督管理局 自然资源和规划局 生态环境局 交通运输局 应急管理局 商务局 文化和旅游局 行政审批服务局
            """);
    private static final List<String> TOPICS = words("民生保障 经济发展 安全生产 城市建设 农业农村 科技创新 其他");

    private final Zipf<String> nouns;
    private final Zipf<String> verbs = new Zipf<>(VERBS);

    Vocabulary(long seed) {
        Random random = new Random(seed);
        List<String> all = new ArrayList<>(NOUNS);
        while (all.size() < NOUNS.size() + RARE) {
            all.add(madeUp(random));
        }
        nouns = new Zipf<>(all);
    }

    String noun(RandomGenerator random) {
        return nouns.draw(random);
    }

    String verb(RandomGenerator random) {
        return verbs.draw(random);
    }

    static String place(RandomGenerator random) {
        return any(PLACES, random);
    }

    static String body(RandomGenerator random) {
        return any(BODIES, random);
    }

    static String topic(RandomGenerator random) {
        return any(TOPICS, random);
    }

    static <T> T any(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }

    private static String madeUp(Random random) {
        StringBuilder word = new StringBuilder();
        int length = 2 + random.nextInt(3);
        while (word.length() < length) {
            word.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return word.toString();
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }
}
