import type { webhookFindings as en } from './text.en.ts'

export const webhookFindings: typeof en = {
  webhook: {
    overlap: {
      title: '{{webhook}} 与 {{others}} 匹配相同的 Pod',
      detail: '部分 Pod 会同时交给它们：可能被注入两个边车，或另一个修订版本的边车。',
    },
    'service-not-found': {
      title: '{{webhook}} 调用的服务 {{service}} 不存在',
      detail: '匹配的 Pod 不会被注入；若 failurePolicy 为 Fail，则根本无法创建。',
      fixes: { 'other-service': '改为调用 {{name}}' },
    },
    'no-ca': {
      title: '{{webhook}} 没有 caBundle，因此 API 服务器不信任 istiod',
      detail:
        '其 failurePolicy 为 Fail：交给它判断的请求都会被拒绝，匹配的 Pod 无法创建。修订版本 {{revision}} 的 istiod 运行起来且有权修改 Webhook 时，会写入 caBundle。',
    },
    'no-target': {
      title: '{{webhook}} 没有调用目标：既没有 URL 也没有服务',
      detail: '应由它作出的判断无法作出；若 failurePolicy 为 Fail，则全部被拒绝。',
    },
    'url-invalid': {
      title: '{{webhook}} 调用的 {{url}} 不是有效的 URL',
      detail: '应由它作出的判断无法作出；若 failurePolicy 为 Fail，则全部被拒绝。',
    },
    'url-address': {
      title: '{{webhook}} 调用的是地址而不是主机名：{{url}}',
      detail: '只有地址保持不变、且那里的证书包含该地址时才有效。',
    },
  },
}
