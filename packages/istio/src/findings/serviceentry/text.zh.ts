import type { serviceentryFindings as en } from './text.en.ts'

export const serviceentryFindings: typeof en = {
  serviceentry: {
    'no-address': {
      title: '{{hosts}} 的 TCP 端口 {{port}} 没有地址',
      detail: 'TCP 流量不带主机名。没有指定或分配地址时，代理会把发往该端口的全部流量发给此服务。',
      fixes: { tls: '按 SNI 区分主机：协议设为 TLS' },
    },
    'protocol-conflict': {
      title: '{{host}} 的端口 {{port}} 有多种协议：{{protocols}}',
      detail: '多条服务条目针对同一主机的同一端口。Istio 采用其中一条的协议，代理会误读另一种流量。',
      fixes: { 'same-protocol': '此处也写 {{protocol}}' },
    },
  },
}
