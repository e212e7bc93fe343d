import type { serviceFindings as en } from './text.en.ts'

export const serviceFindings: typeof en = {
  service: {
    'port-name': {
      title: '端口 {{port}} 未说明协议',
      detail:
        'Istio 会通过流量内容区分 HTTP 与 TCP。请以协议命名端口（http、grpc-web、tcp-…），或设置 appProtocol；如由服务端先发送数据，请写 tcp。',
      fixes: { 'say-tcp': '说明该端口为纯 TCP' },
    },
    'external-port-name': {
      title: 'ExternalName 服务的端口 {{port}} 除 TCP 外未说明协议',
      detail: 'Istio 会把发往该端口的全部流量（不论主机）都当作此服务的流量。请以实际协议命名端口。',
    },
  },
}
