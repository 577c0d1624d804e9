window.ui = SwaggerUIBundle({
  dom_id: '#catalogue',
  urls: [
    { name: '政策文件 policy', url: '/docs/openapi/policy' },
    { name: '公办养老 eldercare', url: '/docs/openapi/eldercare' },
    { name: '补贴待遇 subsidy', url: '/docs/openapi/subsidy' },
    { name: '集采药品 pharmacy', url: '/docs/openapi/pharmacy' },
    { name: '身份与令牌 identity', url: '/docs/openapi/identity' },
  ],
  layout: 'StandaloneLayout',
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  plugins: [SwaggerUIBundle.plugins.DownloadUrl],
  deepLinking: true,
  displayRequestDuration: true,
  persistAuthorization: false,
  validatorUrl: null,
});
