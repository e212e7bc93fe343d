import type { webhookFindings as en } from './text.en.ts'

export const webhookFindings: typeof en = {
  webhook: {
    overlap: {
      title: '{{webhook}} 与 {{others}} 匹配相同的 Pod',
      detail: '部分 Pod 会同时交给它们：可能注入两个边车，或注入另一个版本的边车。',
    },
    'service-not-found': {
      title: '{{webhook}} 调用的服务 {{service}} 不存在',
      detail: '匹配的 Pod 不会被注入；若失败策略为 Fail，则无法创建。',
      fixes: { 'other-service': '改为调用 {{name}}' },
    },
    'no-ca': {
      title: '{{webhook}} 没有 caBundle，API Server 不信任 istiod',
      detail:
        '它在失败时拒绝：所询问的请求都会被拒绝，由它处理的 Pod 不会创建。修订版本 {{revision}} 的 istiod 运行起来并且有权修改 Webhook 时会写入 caBundle。',
    },
    'no-target': {
      title: '{{webhook}} 没有调用目标：既无 URL 也无服务',
      detail: '应由它决定的内容无法决定；若失败策略为 Fail，则全部被拒绝。',
    },
    'url-invalid': {
      title: '{{webhook}} 调用的 {{url}} 不是有效 URL',
      detail: '应由它决定的内容无法决定；若失败策略为 Fail，则全部被拒绝。',
    },
    'url-address': {
      title: '{{webhook}} 调用的是地址而不是主机名：{{url}}',
      detail: '仅在地址不变且该处证书包含该地址时有效。',
    },
  },
}
