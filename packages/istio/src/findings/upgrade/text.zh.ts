import type { upgradeFindings as en } from './text.en.ts'

export const upgradeFindings: typeof en = {
  upgrade: {
    'mirror-host': {
      title: '从 {{since}} 起，镜像请求保留原来的主机名',
      detail:
        '此前会在主机名后加上 -shadow：按主机名区分镜像请求的程序需要改用其他办法。DISABLE_SHADOW_HOST_SUFFIX=false 可恢复原行为。',
    },
    'remaining-metrics': {
      title: '从 {{since}} 起，不再统计这些上限的剩余量',
      detail:
        'Envoy 名为 …remaining_… 的指标将一直为 0，仪表盘和告警也受影响。DISABLE_TRACK_REMAINING_CB_METRICS=false 可恢复原行为。',
    },
    'unready-endpoints': {
      title: '从 {{since}} 起，未就绪的端点也会下发给代理',
      detail:
        '它们不接收请求，但会计入离群检测与故障转移所依据的比例。设置 minHealthPercent 或 PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS=false 可保持原行为。',
    },
    'entry-without-tunnel': {
      title: '从 {{since}} 起，这类工作负载通过 HBONE 访问，而该条目没有注明',
      detail: '它创建于升级之前：在工作负载重新注册，或加上标签 networking.istio.io/tunnel=http 之前，仍以明文访问。',
      fixes: { 'say-tunnel': '加上标签 networking.istio.io/tunnel=http，与工作负载注册时 istiod 所做的一致' },
    },
    'patch-ends': {
      title: '该补丁针对形如 {{expression}} 的代理版本：{{to}} 不在其中',
      detail: '在 {{from}} 上补丁有效；升级后重启的代理不再应用它。',
      fixes: { 'also-after': '若适合新代理的 Envoy，也将补丁用于它们：{{expression}}' },
    },
    'patch-begins': {
      title: '该补丁针对形如 {{expression}} 的代理版本：{{to}} 在其中',
      detail: '在 {{from}} 上补丁无效；升级后重启的代理会应用它。',
    },
    'gateway-left-out': {
      title: '从 {{since}} 起，{{gateway}} 的代理不再提供该 Gateway',
      detail:
        '这些代理由 istiod 为另一个命名空间的 Gateway 创建：当前 Gateway 的端口会在它们上面关闭。请把当前 Gateway 移到那个命名空间，或改用您自己的代理；PILOT_ENABLE_STRICT_GATEWAY_MERGING=false 可保持原行为。',
    },
    'host-of-other-namespace': {
      title: '从 {{since}} 起，{{host}} 指 {{after}} 中的服务，而不再是 {{before}} 中的',
      detail:
        '多个命名空间都有同一主机时，自身命名空间没有该主机的边车优先采用 Kubernetes Service，其次采用最早创建的；此前按字母顺序取第一个。PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE=false 可保持原行为。',
    },
    'setting-gone': {
      title: '从 {{since}} 起，istiod 不再读取 {{setting}}',
      detail: '升级后该设置不起作用：请移除它，或在发布说明中查找替代它的设置。',
      fixes: { 'drop-setting': '移除 {{setting}}' },
    },
    'field-later': {
      title: 'Istio {{to}} 没有字段 {{field}}：它从 {{since}} 开始提供',
      detail: '该版本的 API 服务器会丢弃该字段，对象将不含这项设置。',
      fixes: { 'drop-field': '移除 {{field}}：对象从现在起就不含这项设置' },
    },
    'value-later': {
      title: 'Istio {{to}} 的 {{field}} 没有取值 {{value}}：它从 {{since}} 开始提供',
      detail: '该版本的 API 服务器会拒绝该对象。',
    },
  },
}
