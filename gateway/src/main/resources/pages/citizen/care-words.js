// What eldercare-service's codes are called.
export const BED = { GENERAL: '自理床', NURSING: '护理床', DEMENTIA_CARE: '认知障碍照护床' };
export const LEVEL = { INTACT: '能力完好', SLIGHT: '轻度失能', MODERATE: '中度失能', SEVERE: '重度失能', COMPLETE: '完全失能' };
export const CHANNEL = { SPECIAL: '特殊保障', PRIORITY: '优先保障', ORDINARY: '普通' };
export const STATE = {
  DRAFT: '草稿', INCOMPLETE: '待补材料', SUBMITTED: '已受理，待审核', QUALIFIED: '审核通过，待评估', ASSESSMENT_BOOKED: '已约评估',
  WAITING: '排队中', RECHECKING: '复核中', OFFERED: '有床位等您确认', OFFER_ACCEPTED: '已接受床位', PAPERS_CHECKED: '资料已核对',
  ADMITTED: '已入住', REJECTED: '审核未通过', NO_SHOW: '未到场评估', FORFEITED: '已放弃', WITHDRAWN: '已撤回', DISQUALIFIED: '已取消资格', DIED: '已终止',
};
export const NEXT = {
  DRAFT: '请把申请填完并提交。', INCOMPLETE: '请补齐缺少的内容，再提交一次。', SUBMITTED: '机构审核申请资料，结果会通知您。',
  QUALIFIED: '评估机构会约您上门评估能力等级。', ASSESSMENT_BOOKED: '请在约定的日子配合评估。', WAITING: '轮到您时会通知，请保持电话畅通。',
  RECHECKING: '评估机构正在复核，您的位次保留。', OFFERED: '请确认是否接受这张床位。', OFFER_ACCEPTED: '请带齐原件到机构办理入住。',
  PAPERS_CHECKED: '资料已核对，可以入住了。', ADMITTED: '已经入住。', REJECTED: '原因见下面的办理经过；条件有变化可以重新申请。', NO_SHOW: '需要时可以重新申请。',
  FORFEITED: '需要时可以重新申请，从申请之日起重新排队。', WITHDRAWN: '需要时可以重新申请。',
};
export const CATEGORY = {
  DESTITUTE: '特困人员', LOW_INCOME: '最低生活保障家庭', NEAR_LOW_INCOME: '低保边缘家庭', VETERAN: '退役军人', MARTYR_SURVIVOR: '烈士遗属',
  DUTY_DEATH_SURVIVOR: '因公牺牲军人遗属', ILLNESS_DEATH_SURVIVOR: '病故军人遗属', SERVING_SOLDIER_FAMILY: '现役军人家属',
  FAMILY_PLANNING_HARDSHIP: '计划生育特殊家庭',
};
export const RELATION = { SUPPORTER: '赡养人', GUARDIAN: '监护人', RELATIVE: '亲属', FORMER_EMPLOYER: '原单位', OTHER_PAYER: '其他付费人' };
export const DEADLINE = { REVIEW: '机构最迟审核到', RESULT: '最迟出评估结果', OBJECTION: '对结果有异议，最迟提出', RECHECK: '复核最迟到', MOVE_IN: '最迟办理入住' };
/** What a state proof or certificate can be confirmed from, without a file. */
export const FROM_REGISTER = new Set(['TOWN_PROOF', 'MILITARY_CERTIFICATE', 'KINSHIP_PROOF', 'FAMILY_PLANNING_PROOF']);
export const API = '/api/eldercare/v1';
