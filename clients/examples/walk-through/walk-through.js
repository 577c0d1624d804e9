// 六步走通：小程序里的写法（wx.request）。令牌由自己的后端给，密码和私钥不进小程序。

// [1]
const BASE = 'https://city.example.com';          // 平台地址
const BACKEND = 'https://your-backend.example.com'; // 您的后端：登录用户，替他取令牌

function request(options) {
  return new Promise((resolve, reject) => wx.request({
    timeout: 25000,
    ...options,
    success: resolve,
    fail: () => reject(new Error('连接不上服务，请检查网络后再试')),
  }));
}

/** 后端给的令牌：citizen 是当前用户的；其余是工作人员小程序里各自的。 */
async function token(who) {
  const answer = await request({ url: `${BACKEND}/token/${who}` });
  return answer.data.access_token;
}

/** 写操作带 Idempotency-Key：没有收到回答就用同一个值再发一次，只会办一次。 */
async function call(who, method, path, data, { etag, type = 'application/json' } = {}) {
  const header = { Authorization: `Bearer ${await token(who)}` };
  if (method !== 'GET') {
    header['Content-Type'] = type;
    header['Idempotency-Key'] = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  }
  if (etag) {
    header['If-Match'] = etag;
  }
  const options = { url: BASE + path, method, header, data };
  const answer = await request(options).catch(() => request(options));
  if (answer.statusCode >= 400) {
    throw new Error(answer.data.detail); // 可以直接展示给用户；answer.data.errors 一次列出全部问题
  }
  const name = Object.keys(answer.header).find((each) => each.toLowerCase() === 'etag');
  return { data: answer.data, etag: answer.header[name] };
}
// [/1]

// [2]
let today; // 平台所在城市的今天

async function step2() {
  const found = await call('app', 'GET',
    `/api/policy/v1/documents?limit=1&q=${encodeURIComponent('老年人能力评估费用')}`);
  const [hit] = found.data.items;
  const article = await call('app', 'GET',
    `/api/policy/v1/documents/by-number/${encodeURIComponent(hit.number)}/articles/${hit.articles[0].key}`);
  today = article.data.statusOn;
  console.log('2', hit.number, article.data.status);
}
// [/2]

// [3]
const HOME = '00000000-0000-7000-8000-000000000001'; // 演示养老机构
const ID_NUMBER = '371002199405020412';              // 当前用户自己填写的，须与后端担保的一致

async function step3() {
  await call('citizen', 'GET', '/api/eldercare/v1/homes?limit=3');
  const draft = await call('citizen', 'POST', '/api/eldercare/v1/applications',
    { filedBy: 'AGENT', applicant: { name: '刘淑珍' }, categories: ['LOW_INCOME'] });
  const application = `/api/eldercare/v1/applications/${draft.data.id}`;
  const incomplete = await call('citizen', 'POST', `${application}/submission`, '', draft);
  console.log(incomplete.data.missing.map((each) => each.detail)); // 缺什么，一次说清
  const complete = await call('citizen', 'PUT', application, {
    filedBy: 'AGENT', categories: ['LOW_INCOME'], homeIds: [HOME], bedKinds: ['NURSING'],
    agent: { kind: 'PERSON', relation: 'RELATIVE', name: '李明', idNumber: ID_NUMBER, phone: '13812345670' },
    applicant: { name: '刘淑珍', idNumber: '379999194803158225', phone: '13800000003',
      residenceAreaCode: '371002', address: '环翠区演示路 3 号' },
  }, incomplete);
  for (const paper of ['APPLICATION_FORM', 'APPLICANT_ID_CARD', 'APPLICANT_HOUSEHOLD_REGISTER', 'AGENT_ID_CARD',
    'AGENT_HOUSEHOLD_REGISTER']) {
    const file = wx.getFileSystemManager().readFileSync(`${wx.env.USER_DATA_PATH}/${paper}.pdf`);
    await call('citizen', 'POST', `${application}/materials?kind=${paper}`, file, { type: 'application/pdf' });
  }
  await call('citizen', 'POST', `${application}/register-checks`, { kind: 'TOWN_PROOF' });
  const submitted = await call('citizen', 'POST', `${application}/submission`, '', complete);
  console.log('3', submitted.data.state, submitted.data.entries[0].position.inQueue); // 排在第几
  return application;
}
// [/3]

// [4]
async function step4(application) {
  const submitted = await call('home-operator', 'GET', application);
  const reviewed = await call('home-operator', 'POST', `${application}/review`,
    { verdict: 'QUALIFIED', reason: '资料齐全，情况属实' }, submitted);
  const assessed = await call('assessor', 'POST', `${application}/assessments`,
    { scores: SCORES, coma: false, dementiaDiagnosed: false, mentalDisorderDiagnosed: false, assessedOn: today }, reviewed);
  const beds = await call('home-operator', 'GET', `/api/eldercare/v1/homes/${HOME}/beds?state=FREE&limit=100`);
  const bed = beds.data.items.find((each) => each.type.kind === 'NURSING');
  const offer = await call('home-operator', 'POST', `/api/eldercare/v1/homes/${HOME}/offers`, { bedId: bed.id });
  const path = `/api/eldercare/v1/offers/${offer.data.id}`;
  const accepted = await call('citizen', 'POST', `${path}/acceptance`, '', offer);
  const papers = await call('home-operator', 'POST', `${path}/paper-check`, {
    originalsSeen: ['APPLICANT_ID_CARD', 'APPLICANT_HOUSEHOLD_REGISTER', 'PHYSICAL_EXAMINATION'],
    agreedMonthlyFen: 300000,
  }, accepted);
  const admitted = await call('home-operator', 'POST', `${path}/admission`, '', papers);
  console.log('4', assessed.data.result.level, admitted.data.state);
}

const SCORES = {
  EATING: 0, GROOMING: 0, BATHING: 0, DRESSING_UPPER: 0, DRESSING_LOWER: 0, BLADDER_CONTROL: 0, BOWEL_CONTROL: 0,
  TOILETING: 0, BED_MOBILITY: 0, BED_CHAIR_TRANSFER: 2, WALKING: 4, STAIRS: 3, TIME_ORIENTATION: 4,
  SPACE_ORIENTATION: 4, PERSON_ORIENTATION: 4, MEMORY: 4, COMPREHENSION: 4, EXPRESSION: 4, AGGRESSION: 1,
  DEPRESSION: 1, CONSCIOUSNESS: 2, VISION: 2, HEARING: 2, DAILY_AFFAIRS: 4, TRANSPORT: 3, SOCIAL_CONTACT: 4,
};
// [/4]

// [5]
async function step5() {
  const facts = { birthDate: '1994-05-02', educationLevel: 'doctor', engagement: 'employed-full-time',
    engagementStart: today, employerKind: 'company' };
  const entitled = await call('app', 'POST', '/api/subsidy/v1/entitlements', { facts });
  const draft = await call('citizen', 'POST', '/api/subsidy/v1/applications', {
    schemeId: 'talent-living-allowance', areaCode: '371002', facts,
    applicant: { name: '李明', idNumber: ID_NUMBER, phone: '13812345670', bankAccount: '6222020000000000125' },
  });
  const application = `/api/subsidy/v1/applications/${draft.data.id}`;
  const submitted = await call('citizen', 'POST', `${application}/submissions`, '', draft);
  const passed = await call('district', 'POST', `${application}/reviews`,
    { decision: 'pass', comment: '材料齐全' }, submitted);
  await call('city', 'POST', `${application}/reviews`, { decision: 'pass' }, passed);
  await call('city', 'GET', '/api/subsidy/v1/ledger/accounts?limit=3');
  const statement = await call('citizen', 'GET', `${application}/statement`); // 到下个月，这里出现第一笔发放
  console.log('5', entitled.data.bestCombination.totalFen, statement.data.state);
}
// [/5]

// [6]
async function step6() {
  // 位置来自 wx.getLocation({ type: 'gcj02' })
  const near = await call('app', 'GET', '/api/pharmacy/v1/pharmacies/nearby?lat=37.5018&lon=122.1213'
    + '&coordType=gcj02&q=akbt&atProcuredPrice=true&limit=3');
  const [{ drugId }] = near.data.drugs;
  const [{ pharmacyId: storeId }] = (await call('chain', 'GET', '/api/pharmacy/v1/stores?limit=1')).data.items;
  const [{ supplierId }] = (await call('chain', 'GET', '/api/pharmacy/v1/suppliers')).data.items;
  const placed = await call('chain', 'POST', '/api/pharmacy/v1/orders',
    { supplierId, lines: [{ storeId, drugId, quantity: 20 }] });
  const order = `/api/pharmacy/v1/orders/${placed.data.orderId}`;
  const confirmed = await call('supplier', 'POST', `${order}/confirmation`, '', placed);
  const delivered = await call('supplier', 'POST', `${order}/deliveries`, {
    storeId, lines: [{ lineNo: 1, quantity: 20, batchNo: 'DEMO260101', expiresOn: '2028-06-30' }],
  }, confirmed);
  const accepted = await call('chain', 'POST',
    `/api/pharmacy/v1/deliveries/${delivered.data.deliveryId}/acceptance`, '', delivered);
  const settlement = await call('chain', 'GET', `/api/pharmacy/v1/settlements/${accepted.data.settlementId}`);
  await call('city', 'GET', `/api/pharmacy/v1/price-flags?level=red&limit=2&drugId=${drugId}`);
  console.log('6', settlement.data.amountFen, settlement.data.termDays);
}
// [/6]

module.exports = { step2, step3, step4, step5, step6 };
