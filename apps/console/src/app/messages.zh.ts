import type { en } from './messages.en.ts'

export const zh: { [Code in keyof typeof en]: string } = {
  'mesh-kind.Managed': '托管',
  'mesh-kind.Dedicated': '专有',
  'mesh-kind.External': '外接',

  'kube.unreachable': '无法访问其 API 服务器',
  'kube.tls': '其证书不受信任',
  'kube.timeout': '其 API 服务器响应超时',
  'kube.aborted': '调用已放弃',
  'kube.unauthorized': '其拒绝已保存的凭证',
  'kube.forbidden': '控制台无权读取',
  'kube.not_found': '其中没有所请求的内容',
  'kube.already_exists': '已存在',
  'kube.conflict': '同时被他人修改',
  'kube.invalid': '对象被判定为无效',
  'kube.gone': '读取的版本过旧，正在重新读取',
  'kube.too_large': '响应过大',
  'kube.throttled': '其要求降低调用频率',
  'kube.webhook_failed': '其准入 Webhook 没有响应',
  'kube.pod_unreachable': 'Pod 的该端口没有响应',
  'kube.unsupported': '其不支持该功能',
  'kube.server_error': '其 API 服务器出错',
  'kube.bad_answer': '无法解析其响应',
}
