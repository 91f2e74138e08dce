import { HttpResponseModel, ODataHttpClient } from "@odata2ts/http-client-api";

export interface RequestConfig {
  headers?: Record<string, string>;
}

/** What generated services send their requests with: Node's own `fetch`. */
export class FetchClient implements ODataHttpClient<RequestConfig> {
  get<T>(url: string, config?: RequestConfig) {
    return this.send<T>("GET", url, undefined, config);
  }

  post<T>(url: string, data: unknown, config?: RequestConfig) {
    return this.send<T>("POST", url, data, config);
  }

  put<T>(url: string, data: unknown, config?: RequestConfig) {
    return this.send<T>("PUT", url, data, config);
  }

  patch<T>(url: string, data: unknown, config?: RequestConfig) {
    return this.send<T>("PATCH", url, data, config);
  }

  delete(url: string, config?: RequestConfig) {
    return this.send<void>("DELETE", url, undefined, config);
  }

  private async send<T>(
    method: string,
    url: string,
    data: unknown,
    config?: RequestConfig
  ): Promise<HttpResponseModel<T>> {
    const response = await fetch(url, {
      method,
      headers: { "Content-Type": "application/json", ...config?.headers },
      body: data === undefined ? undefined : JSON.stringify(data),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${response.status} ${text}`);
    }
    return {
      status: response.status,
      statusText: response.statusText,
      headers: Object.fromEntries(response.headers),
      data: text === "" ? undefined : JSON.parse(text),
    };
  }
}
