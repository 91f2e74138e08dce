package io.rowstream.standalone;

import io.rowstream.command.eventstore.GroupCommit;
import io.rowstream.query.eventfeed.EventFeed;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The feed looks as soon as this process has committed, a moment before PostgreSQL tells of it.
@Configuration(proxyBeanMethods = false)
class OwnCommitsConfiguration {

  @Bean
  SmartInitializingSingleton ownCommits(GroupCommit groupCommit, EventFeed feed) {
    return () -> groupCommit.onCommit(feed::look);
  }
}
