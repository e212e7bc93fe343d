import type { preflightText as english } from './text.en.ts'

export const preflightText: typeof english = {
  check: {
    reachable: {
      yes: '集群 {{cluster}} 可访问',
      no: '无法连接集群 {{cluster}}：{{reason}}',
      unregistered: '集群 {{cluster}} 尚未注册',
      unread: '仍在读取集群 {{cluster}}，请稍候',
    },
    clock: {
      ok: '时钟偏差 {{seconds}} 秒',
      skewed: '集群 {{cluster}} 的时钟偏差 {{seconds}} 秒：令牌和证书可能被拒绝',
      unknown: '无法比较集群 {{cluster}} 的时钟',
    },
    'peer-address': {
      stated: 'istiod 将通过 {{server}} 读取集群 {{cluster}}',
      assumed: 'istiod 将通过 {{server}}（即本控制台使用的地址）读取集群 {{cluster}}；尚未确认 istiod 能否访问',
      loopback: '{{server}} 是回环地址：其他集群中的 istiod 无法由此访问集群 {{cluster}}',
    },
    kubernetes: {
      ok: 'Kubernetes {{kubernetes}} 适用于 Istio {{istio}}',
      untested: 'Istio {{istio}} 在 Kubernetes {{from}} 至 {{to}} 上测试过；集群 {{cluster}} 运行 {{kubernetes}}',
      'too-old': 'Istio {{istio}} 需要 Kubernetes {{minimum}}；集群 {{cluster}} 运行 {{kubernetes}}',
      unknown: '不确定 Kubernetes {{kubernetes}} 是否适用于 Istio {{istio}}',
    },
    operator: {
      ok: '集群 {{cluster}} 的 Sail Operator 可安装 {{istio}}',
      missing: '集群 {{cluster}} 没有 Sail Operator',
      'not-running': '集群 {{cluster}} 的 Sail Operator 没有就绪的 Pod：恢复运行前不会安装任何内容',
      'version-not-offered': '集群 {{cluster}} 的 Sail Operator 不提供 {{istio}}；其最新版本为 {{newest}}',
      unknown: '无法读取集群 {{cluster}} 的 Sail Operator 可安装的版本',
    },
    permissions: {
      ok: '在集群 {{cluster}} 中拥有所需的全部权限',
      missing: '在集群 {{cluster}} 中缺少 {{count}} 项权限：{{missing}}',
      unknown: '无法查询在集群 {{cluster}} 中的权限',
    },
    'control-plane': {
      none: '集群 {{cluster}} 中没有其他 Istio',
      exists:
        '集群 {{cluster}} 中已有 Istio {{version}}：{{namespace}} 中的修订版本 {{revision}}，由 {{installer}} 安装',
      'name-taken': '集群 {{cluster}} 中已存在名为 {{name}} 的 Istio 对象，且不属于这里的任何网格',
      'default-taken':
        '集群 {{cluster}} 中的 {{config}}（修订版本 {{revision}}）已响应 istio-injection=enabled：Pod 会被注入两次',
      found: '已找到 Istio {{version}}：{{namespace}} 中的修订版本 {{revision}}，由 {{installer}} 安装',
      missing: '集群 {{cluster}} 的 {{namespace}} 中没有修订版本为 {{revision}} 的控制面',
    },
    'load-balancer': {
      works: '集群 {{cluster}} 的 {{total}} 个负载均衡中有 {{assigned}} 个已获得地址',
      pending: '集群 {{cluster}} 的 {{total}} 个负载均衡都没有地址',
      'no-evidence': '集群 {{cluster}} 中还没有负载均衡：能否分配地址要到创建控制面入口时才知道',
    },
    entrance: {
      loopback: '工作集群无法访问回环地址 {{address}}',
      'host-name': '工作集群通过域名 {{address}} 访问 istiod，使用 443 端口上的 ExternalName 服务',
      private: '控制面入口使用内网地址（{{address}}）',
      public: '控制面入口可能暴露在互联网上（{{address}}）',
    },
    namespace: {
      ok: '集群 {{cluster}} 的命名空间 {{namespace}} 可用',
      'will-be-made': '将在集群 {{cluster}} 中创建命名空间 {{namespace}}',
      terminating: '集群 {{cluster}} 的命名空间 {{namespace}} 正在删除',
      'moves-network':
        '集群 {{cluster}} 的命名空间 {{namespace}} 将从网络 {{found}} 移到 {{wanted}}；此前注入的 Pod 在重启前仍使用旧网络',
      'other-network': '集群 {{cluster}} 的命名空间 {{namespace}} 标记的网络是 {{found}}，而网格指定的是 {{wanted}}',
    },
    name: {
      ok: '名称 {{name}} 可用',
      taken: '已存在名为 {{name}} 的网格',
      'too-long': '由 {{revision}} 组成的名称超过 Helm 允许的长度：请使用更短的名称',
    },
    version: {
      'not-pinned': '{{version}} 是会自行变化的别名：请选择完整版本号',
    },
    cluster: {
      'in-other-mesh': '集群 {{cluster}} 已在网格 {{mesh}} 中',
    },
    network: {
      assumed: '未指定集群 {{cluster}} 所在的网络：视为可直接访问其他集群的 Pod（{{network}}）',
    },
  },
  fix: {
    'register-cluster': '注册该集群',
    'check-cluster': '打开该集群，检查其连接',
    'synchronise-clocks': '同步其控制平面节点的时钟（NTP）',
    'state-peer-address': '设置集群的对端地址：其他集群访问其 API 服务器所用的地址',
    'upgrade-kubernetes': '升级 Kubernetes，或选择较低的 Istio 版本',
    'install-operator': '使用以下命令安装 Sail Operator',
    'start-operator': '重新扩容其 Deployment，或检查其 Pod 和事件',
    'upgrade-operator': '选择其提供的版本，或使用以下命令升级 Sail Operator',
    'grant-permissions': '申请这些权限，或请拥有权限的人操作',
    'choose-found': '从已找到的控制面中选择一个',
    'adopt-instead': '改为作为外接网格接入，或确认两者互不影响',
    'choose-name': '请使用其他名称',
    'free-default': '移除该默认标签或修订版本，或将该 Istio 作为外接网格接入',
    'give-address': '不使用负载均衡，改为填写控制面入口地址',
    'restrict-entrance': '通过负载均衡注解加以限制，或填写内网地址',
    'wait-for-namespace': '等待其删除完成；如一直存在，请检查 finalizer',
    'restart-workloads': '之后在边车管理中重启该集群已注入的工作负载',
    'agree-on-network': '为集群选择该网络，或修正标签 topology.istio.io/network',
    'choose-version': '选择完整版本号',
    'choose-cluster': '选择其他集群，或先将其从该网格中移除',
    'state-network': '为集群选择网络',
  },
}
